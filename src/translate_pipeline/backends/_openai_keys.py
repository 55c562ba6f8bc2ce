"""Takes names of environment variables and a base URL, gives the key and where it belongs.

The law: no key is ever part of a message, and a key is not sent where another's is at hand.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from urllib.parse import SplitResult, urlsplit

from translate_pipeline.errors import AuthenticationError, ConfigError

__all__ = [
    "DEFAULT_KEY_NAMES",
    "api_key_from_environment",
    "api_key_name",
    "checked_key",
    "checked_url",
    "default_base_url",
]

DEFAULT_KEY_NAMES = ("OPENROUTER_API_KEY", "OPENAI_API_KEY")

_OPENAI_URL = "https://api.openai.com/v1"
_HOMES = {
    "OPENROUTER_API_KEY": "https://openrouter.ai/api/v1",
    "OPENAI_API_KEY": _OPENAI_URL,
}
# What local servers (Ollama, llama.cpp) get: the SDK wants a key, they do not read it.
_NO_KEY = "none"


def default_base_url(key_name: str) -> str:
    """Where requests go when no base URL is given: OpenRouter for its key, else OpenAI.

    >>> default_base_url("OPENROUTER_API_KEY")
    'https://openrouter.ai/api/v1'
    """
    return _HOMES.get(key_name, _OPENAI_URL)


def api_key_name(
    names: Sequence[str], environ: Mapping[str, str], *, base_url: str | None = None
) -> str:
    """The first of `names` that is set; empty if none is.

    When `base_url` is the home of one of the keys (api.openai.com, openrouter.ai), that name
    goes first: a key is not shown to the other house.
    """
    host = urlsplit(base_url).hostname if base_url else None
    ordered = sorted(
        names, key=lambda name: host is None or urlsplit(_HOMES.get(name, "")).hostname != host
    )
    return next((name for name in ordered if environ.get(name, "").strip()), "")


def api_key_from_environment(
    names: Sequence[str] = DEFAULT_KEY_NAMES,
    environ: Mapping[str, str] | None = None,
    *,
    base_url: str | None = None,
) -> str:
    """The key of the first variable that is set, checked; see `api_key_name` for the order.

    A server on this machine needs no key: for a loopback `base_url` the answer is then a
    placeholder. Raises `AuthenticationError` that names the variables otherwise. `environ` is
    explicit, as everything the library takes; the command line passes `os.environ`.
    """
    environ = environ if environ is not None else {}
    name = api_key_name(names, environ, base_url=base_url)
    if name:
        return checked_key(environ[name], name)
    if base_url and _is_loopback(urlsplit(base_url).hostname or ""):
        return _NO_KEY
    listed = " or ".join(names) or "a variable (none is named)"
    raise AuthenticationError(
        f"no API key: set {listed} in the environment, or name another variable with"
        " `--api-key-env`; without a key, `--backend pseudo` shows the whole run"
    )


def checked_key(key: str, name: str = "api_key") -> str:
    """The key without the white space that copying leaves; refused if it cannot be one.

    A key is printable ASCII: anything else is illegal in an HTTP header, and the HTTP library
    would show the whole header in its error.
    """
    key = key.strip()
    if not key:
        raise AuthenticationError(f"{name} is empty: put the endpoint's API key there")
    if not all("!" <= c <= "~" for c in key):
        raise AuthenticationError(
            f"{name} is no API key: it holds a space, a line break or a non-ASCII character;"
            " copy it again"
        )
    return key


def checked_url(url: str) -> str:
    """The base URL, if requests can go there and it holds nothing that must not be printed."""
    url = url.strip().rstrip("/")
    hint = "write it like https://openrouter.ai/api/v1 or http://127.0.0.1:11434/v1"
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise ConfigError(f"the base URL cannot be read; {hint}") from None
    if parts.username is not None or parts.password is not None:
        raise ConfigError("the base URL holds a user name or password; use the API key instead")
    if parts.query or parts.fragment:
        raise ConfigError(f"the base URL holds `?` or `#`; {hint}")
    if not _is_web(parts) or not port_fits or not url.isprintable() or " " in url:
        raise ConfigError(f"the base URL is no web address; {hint}")
    return url


def _is_web(parts: SplitResult) -> bool:
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
