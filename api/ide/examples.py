"""Three queries to begin with, about the last twelve months."""

from __future__ import annotations

from datetime import date, timedelta

BOARD = """# The alarm board: what is open now, and who is on the way.
# 警情看板：当前警情与出动单位。
query Board {
  alarms(first: 10, filter: {test: false}) {
    totalCount
    nodes {
      receivedAt
      alarmType
      priority
      state
      address
      station { nameEn nameZh }
      orders { state arrivedAt unit { callSign status } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

SOLVING_RATE = """# How many cases are solved? It depends on the definition, so ask for several.
# 破案率：不同口径并列。
query SolvingRate($period: PeriodInput! = {from: "FIRST", to: "LAST"}) {
  solvingRate(period: $period, definitions: [PERIOD, COHORT, WINDOW_90D]) {
    definition
    numerator
    denominator
    value
    ci { low high }
    backlogClearances
    pending
    position
    cases(first: 5) { nodes { id number } }
  }
  bridge(period: $period, from: PERIOD, to: COHORT) { item side amount }
}
"""

RESPONSE_TIMES = """# How long until help arrives? Seconds, nearest rank, with all that was left out.
# 响应时间：秒，含排除项。
query ResponseTimes($period: PeriodInput! = {from: "FIRST", to: "LAST"}) {
  responseTimes(period: $period, basis: FIRST_ARRIVING) {
    segment
    p50
    p90
    n
    excluded { reason n }
  }
}
"""

YEAR = timedelta(days=365)


def examples(today: date) -> list[str]:
    first, last = (today - YEAR).isoformat(), today.isoformat()
    return [text.replace('FIRST"', f'{first}"').replace('LAST"', f'{last}"') for text in (BOARD, SOLVING_RATE, RESPONSE_TIMES)]
