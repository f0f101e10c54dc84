"""The rules of footage requests (市政府令第230号, articles 17 to 19)."""

from __future__ import annotations

from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, NeedsSecondApprover


class TwoOfficersNeeded(InvalidValue):
    """Two officers ask for footage, neither more nor fewer.

    调取视频资料须由两名民警进行，不得多于或少于两名。
    """

    on = "officers"


class SameOfficerTwice(InvalidValue):
    """The two officers who ask for footage are not the same.

    调取视频资料的两名民警不得为同一人。
    """

    on = "officers"


class FootageEndsTooEarly(InvalidValue):
    """The footage ends after it begins.

    视频资料的结束时间须晚于开始时间。
    """

    on = "until"


class FootageNotYetTaken(InvalidValue):
    """There is no footage of what is still to come.

    不能调取尚未发生时段的视频资料。
    """

    on = "until"


class FootageNoLongerKept(LimitExceeded):
    """The footage begins before what cameras have to keep by the limit that counts.

    视频资料的开始时间早于现行规定的保存期限。
    """

    on = "since"


class FootageNeededTooEarly(InvalidValue):
    """Until when the footage is needed lies in the future.

    需用截止时间须在当前时间之后。
    """

    on = "neededBy"


class FootageForCaseOrAlarm(InvalidValue):
    """Footage is asked for one case or for one alarm, and not for both.

    调取视频资料须对应一起案件或一起警情，二者择一。
    """

    on = "case"


class FootageNeedsAnother(NeedsSecondApprover):
    """Nobody answers a request for footage that they make or are named in.

    申请人及申请中的民警不得审批该调取申请。
    """


class FootageIsAnswered(InvalidTransition):
    """The request for footage is answered already.

    该调取申请已有答复。
    """


class FootageNotNeeded(InvalidTransition):
    """The time until which the footage was needed is over; ask for it anew.

    已超过需用截止时间；请重新申请。
    """


class FootageStillNeeded(InvalidTransition):
    """The time until which the footage is needed is not over.

    尚未到需用截止时间。
    """


class FootageNotApproved(InvalidTransition):
    """Footage is taken once the request is approved, and once.

    视频资料须经批准后调取，且只调取一次。
    """


class FootageTakenByAnother(InvalidValue):
    """Footage is taken by one of the two officers who are named in the request.

    视频资料须由申请中载明的两名民警之一调取。
    """


class FootageOutsideRequest(InvalidValue):
    """What is taken lies within what was asked for.

    调取的时段须在申请的时段之内。
    """

    on = "since"


class FootageDigestMalformed(InvalidValue):
    """The digest is the SHA-256 of the footage, as 64 hexadecimal digits in lower case.

    摘要须为视频资料的 SHA-256，以 64 位小写十六进制表示。
    """

    on = "sha256"


class FootageIsEmpty(InvalidValue):
    """Footage that was taken has at least one byte.

    所调取的视频资料至少有一个字节。
    """

    on = "byteSize"


class FootageNotThere(InvalidTransition):
    """Nothing is there: the footage was not taken yet, or is given back or destroyed.

    视频资料尚未调取，或已归还、已销毁。
    """


class FootageIsSealed(InvalidTransition):
    """The footage is sealed already.

    该视频资料已封存。
    """


class FootageNotSealed(InvalidTransition):
    """Footage is sealed before it goes from hand to hand.

    视频资料须先封存，方可移交。
    """


class FootageHeldByAnother(InvalidValue):
    """Footage is handed over by who holds it, to somebody else.

    视频资料须由现保管人移交给他人。
    """


class FootageIsHeld(InvalidTransition):
    """A hold is on the footage; lift it first.

    该视频资料处于保全状态；请先解除保全。
    """


class FootageIsNotHeld(InvalidTransition):
    """No hold is on the footage.

    该视频资料未处于保全状态。
    """


class FootageStillKept(InvalidTransition):
    """The footage has to be kept until its retention has expired.

    该视频资料的保存期限尚未届满。
    """


class FootageRetentionIsOver(InvalidTransition):
    """The retention of the footage has expired already.

    该视频资料的保存期限已届满。
    """
