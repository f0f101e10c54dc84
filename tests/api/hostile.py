"""Documents that are meant to be dear, none of more than 64 kB: each must be refused, and `benchmarks.hostile` says at what cost."""

from __future__ import annotations

import random
from collections.abc import Iterator

BODY = 64 * 1024 - 100


def nested(depth: int) -> str:
    return "{ alarms { nodes " + "{ mergedInto " * depth + "{ id }" + " }" * depth + " } }"


def doubling(fragments: int) -> str:
    steps = "".join(f"fragment f{n} on Alarm {{ ...f{n + 1} ...f{n + 1} }} " for n in range(fragments))
    return "{ alarms { nodes { ...f0 } } } " + steps + f"fragment f{fragments} on Alarm {{ id }}"


HOSTILE = {
    "depth": nested(15),
    "aliases": "{ " + " ".join(f"a{n}: me {{ officer }}" for n in range(60)) + " }",
    "many aliases": "{ " + " ".join(f"a{n}: me {{ officer }}" for n in range(1_000)) + " }",
    "directives": "{ me { officer " + "@skip(if: false) " * 60 + "} }",
    "directives on the operation": "query " + "@a " * 60 + "{ me { officer } }",
    "doubling fragments": doubling(20),
    "sixty doubling fragments": doubling(60),
    "repeated fields": "{ " + "me { officer } " * 190 + "}",
    "thousands of fields": "{ " + "me { officer } " * 4_000 + "}",
    "pages within pages": "{ alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version } } } } "
    "b: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } "
    "c: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } "
    "d: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } }",
    "unbounded pages": "query ($n: Int!) { alarms(first: $n) { nodes { station { history(first: $n) { nodes { position type data "
    "by version "
    "effectiveAt recordedAt deviceAt commandId causation correlation organisation "
    "thing a: type b: type c: type d: type e: type f: type } } } } } }",
    "lists within lists": "{ alarms(first: 100) { nodes { orders { alarm { orders { alarm { orders "
    "{ alarm { orders { id } } } } } } } } } }",
    "pages in a fragment": "{ alarms(first: 100) { nodes { a: history { ...e } b: history { ...e } c: history { ...e } "
    "d: history { ...e } } } } "
    "fragment e on EventConnection { edges { node { position type data by version commandId organisation effectiveAt recordedAt deviceAt "
    "a: type b: type c: type d: type e: type f: type g: type h: type i: type j: type } } }",
    "deep nesting": "{ a " * 600 + "}" * 600,
    "deep lists": "{ alarms(filter: " + "[" * 600 + "]" * 600 + ") { nodes { id } } }",
}


def filled(head: str, unit: str, tail: str) -> str:
    return head + unit * ((BODY - len(head) - len(tail)) // len(unit)) + tail


def fragments(names: list[str], body: str) -> str:
    return " ".join(f"fragment {name} on {body}" for name in names)


NINETY = [f"f{n}" for n in range(90)]
STRANGE = {
    "comments": filled("{ me { officer } }\n", "#x\n", ""),
    "a comment": filled("{ me { officer } } #", "x", ""),
    "spaces": filled("{ me { officer } }", " ", ""),
    "commas": filled("{ me { officer } }", ",", ""),
    "a long name": filled("{ ", "a", " }"),
    "a long text": filled('{ alarms(filter: {alarmType: "', "x", '"}) { nodes { id } } }'),
    "a long block": filled('{ alarms(filter: {alarmType: """', "x\n", '"""}) { nodes { id } } }'),
    "escapes": filled('{ alarms(filter: {alarmType: "', "\\u0041", '"}) { nodes { id } } }'),
    "an endless number": filled("{ alarms(first: ", "9", ") { nodes { id } } }"),
    "many operations": filled("", "query Q { me { officer } } ", ""),
    "many subscriptions": filled("", "subscription { a } ", ""),
    "definitions of types": filled("", "extend type A { a: Int } ", ""),
    "many variables": "query (" + " ".join(f"$v{n}: Int" for n in range(280)) + ") { me { officer } }",
    "many arguments": "{ me(" + " ".join(f"a{n}: 1" for n in range(380)) + ") { officer } }",
    "many input fields": "{ alarms(filter: {" + " ".join(f"a{n}: 1" for n in range(380)) + "}) { nodes { id } } }",
    "one input field again": "{ alarms(filter: {" + "state: RECEIVED " * 380 + "}) { nodes { id } } }",
    "many values": "{ alarms(filter: {state: [" + "RECEIVED " * 1_100 + "]}) { nodes { id } } }",
    "nested objects": "{ alarms(filter: " + "{a: " * 280 + "1" + "}" * 280 + ") { nodes { id } } }",
    "few fields, many times": "{ " + " ".join("me { " + "officer " * 90 + "}" for _ in range(10)) + " }",
    "many fields, few times": "{ " + " ".join("me { " + "officer " * 8 + "}" for _ in range(90)) + " }",
    "equal lists": "{ " + "alarms { nodes { id version state kind } } " * 90 + "}",
    "equal depths": "{ " + "alarms { nodes { station { parent { parent { id } } } } } " * 60 + "}",
    "different arguments": "{ " + " ".join(f"alarms(first: {n}) {{ nodes {{ id }} }}" for n in range(1, 99)) + " }",
    "equal fragments": "{ " + " ".join(f"...{name}" for name in NINETY) + " } " + fragments(NINETY, "Query { me { officer role } }"),
    "inline fragments": "{ me { " + "... on Me { officer role } " * 90 + "} }",
    "a circle of many": "{ me { ...f0 } } " + " ".join(f"fragment f{n} on Me {{ ...f{(n + 1) % 200} }}" for n in range(200)),
    "a circle below": "{ alarms { nodes { ...a } } } fragment a on Alarm { mergedInto { ...a mergedInto { ...a } } }",
    "every fragment spreads all": "{ me { ...f0 } } "
    + " ".join(f"fragment f{n} on Me {{ {' '.join(f'...f{m}' for m in range(n + 1, 35))} officer }}" for n in range(35)),
    "the schema again and again": "{ " + " ".join(f"a{n}: __schema {{ types {{ name fields {{ name }} }} }}" for n in range(45)) + " }",
    "a circle in the schema": "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }",
}


def mixtures(count: int) -> Iterator[str]:
    """A little of everything, the same every time."""
    chance = random.Random(7)  # noqa: S311 - the same mixtures every time
    pieces = [
        "me { officer }",
        "alarms { nodes { id } }",
        "...f1",
        "... on Query { me { role } }",
        "a: me { role }",
        "nothing",
        "me(a: [1 2])",
    ]
    tails = ["fragment f1 on Query { me { officer ...f2 } }", "fragment f2 on Me { role ...f2 }", "query B { me { role } }", "{", "#"]
    for _ in range(count):
        body = " ".join(chance.choices(pieces, weights=[chance.random() for _ in pieces], k=chance.randrange(1, 100)))
        yield "{ " + body + " } " + " ".join(chance.choices(tails, k=chance.randrange(0, 4)))
