"""Why a picture was not taken: one class for each reason, in words a citizen understands."""

from collections.abc import Mapping
from typing import ClassVar

from foundation.errors import Refusal


class PictureRefused(Refusal):
    """这张照片没有收下，请换一张再试。"""

    reason: ClassVar[str] = "refused"


class PictureTooLarge(PictureRefused):
    """照片文件太大（{megabytes} MB），请发 {limit_megabytes} MB 以内的，截个屏再发也可以。"""

    reason = "too_large"


class TooManyPixels(PictureRefused):
    """照片尺寸太大（{width}×{height}），请截个屏再发一次。"""

    reason = "too_many_pixels"


class PictureTooSmall(PictureRefused):
    """图片太小（{width}×{height}），看不清上面的字，请发大一点的照片。"""

    reason = "too_small"


class NotAPicture(PictureRefused):
    """这个文件不是照片，请发照片或者截图。"""

    reason = "not_a_picture"


class UnsupportedFormat(PictureRefused):
    """这种格式（{format}）还看不了，请截个屏再发一次。"""

    reason = "unsupported_format"


class PictureTruncated(PictureRefused):
    """照片没有传完整，请再发一次。"""

    reason = "truncated"


class PictureBroken(PictureRefused):
    """照片打不开，可能已经损坏，请截个屏再发一次。"""

    reason = "broken"


class AnimatedPicture(PictureRefused):
    """这是会动的图，请截一张不动的图再发。"""

    reason = "animated"


class DocumentLocked(PictureRefused):
    """这个文件设了密码，打不开，请把有广告的那一页截个屏发来。"""

    reason = "locked"


class PolyglotPicture(PictureRefused):
    """这张图里还藏着别的文件，为了安全没有收下，请截个屏再发一次。"""

    reason = "polyglot"


class PictureUnreadable(PictureRefused):
    """这张照片暂时读不出来，可以换个角度重拍一张，也可以直接打字告诉我们。"""

    reason = "unreadable"


REFUSALS: Mapping[str, type[PictureRefused]] = {
    kind.reason: kind
    for kind in (
        PictureTooLarge, TooManyPixels, PictureTooSmall, NotAPicture, UnsupportedFormat, PictureTruncated,
        PictureBroken, AnimatedPicture, DocumentLocked, PolyglotPicture, PictureUnreadable,
    )
}  # fmt: skip
"""Every reason by its code: how a refusal crosses from a worker, and what a stored reason is read back as."""


class ReaderUnavailable(Exception):
    """The reader itself cannot work (a worker will not start, or the reader was closed): says nothing about
    the picture, so whoever asked should ask again later. Not a `Refusal`: no citizen caused it.
    """
