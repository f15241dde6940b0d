"""Templates are compiled once for all applications of this process: a test makes one of its own, and renders a page."""

from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

KEPT: dict[tuple[str, str], CodeType] = {}


class SamePages(BytecodeCache):
    """Keeps what was compiled, by the name of the template and a checksum of its source."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = KEPT.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            KEPT[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {"bytecode_cache": SamePages()}
