"""An object that is made when it is first used."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, TypeVar, cast

from typing_extensions import override

__all__ = ["LazyProxy"]

T = TypeVar("T")


class LazyProxy(Generic[T], ABC):
    """Stands for what `__load__` returns: attributes, text and class are those of that object.

    `__load__` is asked each time, so a subclass that wants to keep the object keeps it itself.
    """

    @abstractmethod
    def __load__(self) -> T:
        """The object that this one stands for."""

    def __as_proxied__(self) -> T:
        """This object, for type checkers the one that it stands for."""
        return cast("T", self)

    def __get_proxied__(self) -> T:
        return self.__load__()

    def __getattr__(self, attr: str) -> object:
        return cast("object", getattr(self.__get_proxied__(), attr))

    @override
    def __repr__(self) -> str:
        return repr(self.__get_proxied__())

    @override
    def __str__(self) -> str:
        return str(self.__get_proxied__())

    @override
    def __dir__(self) -> Iterable[str]:
        return dir(self.__get_proxied__())

    # `isinstance` asks for it, and must hear of the other object; a question must not fail where loading does.
    @property  # type: ignore[misc]  # mypy takes `__class__` for an attribute
    @override
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride] # the same
        try:
            return self.__get_proxied__().__class__
        except Exception:
            return type(self)
