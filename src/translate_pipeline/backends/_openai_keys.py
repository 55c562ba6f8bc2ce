"""Takes names of environment variables and a base URL, gives the key and where it belongs.

The law: no key is ever part of a message, and a key is not sent where another's is at hand.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from urllib.parse import SplitResult, parse_qsl, urlsplit

from translate_pipeline.errors import AuthenticationError, ConfigError

__all__ = [
    "DEFAULT_KEY_NAMES",
    "NO_KEY",
    "api_key_from_environment",
    "api_key_name",
    "checked_key",
    "checked_url",
    "default_base_url",
    "is_local",
]

DEFAULT_KEY_NAMES = ("OPENROUTER_API_KEY", "OPENAI_API_KEY")

_OPENAI_URL = "https://api.openai.com/v1"
_HOMES = {
    "OPENROUTER_API_KEY": "https://openrouter.ai/api/v1",
    "OPENAI_API_KEY": _OPENAI_URL,
}
# What local servers (Ollama, llama.cpp) get: the SDK wants a key, they do not read it.
NO_KEY = "none"
# Names of query parameters whose values nobody should see.
_SECRET = re.compile(r"key|token|secret|passw|sig(?:nature)?$|auth", re.IGNORECASE)
# Ends of names that only the network at hand knows (RFC 6762, RFC 8375, ICANN's `internal`).
_LOCAL_ENDS = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


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
    host = _host(base_url) if base_url else None
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

    A server on this machine or in its network needs none: for such a `base_url` the answer is
    then the placeholder `NO_KEY`. Raises `AuthenticationError` that names the variables
    otherwise, and for a default key at the endpoint of a stranger. `environ` is explicit, as
    everything the library takes; the command line passes `os.environ`.
    """
    environ = environ if environ is not None else {}
    name = api_key_name(names, environ, base_url=base_url)
    if name:
        if base_url and name in _HOMES and tuple(names) == DEFAULT_KEY_NAMES:
            _at_home(name, base_url)
        return checked_key(environ[name], name)
    if base_url and is_local(base_url):
        return NO_KEY
    listed = " or ".join(names) or "a variable (none is named)"
    raise AuthenticationError(
        f"no API key: set {listed} in the environment, or name another variable with"
        " `--api-key-env`; without a key, `--backend pseudo` shows the whole run"
    )


def _at_home(name: str, base_url: str) -> None:
    """Raise `AuthenticationError` for an address that the key of `name` is not known to be for.

    A config can come with a site, or with a change that somebody proposes: the address in it
    gets no key that was set for another one.
    """
    host, home = _host(base_url), urlsplit(_HOMES[name]).hostname or ""
    house = ".".join(home.split(".")[-2:])
    if not host or host == house or host.endswith(f".{house}") or is_local(base_url):
        return  # without a host, `checked_url` says what is wrong
    raise AuthenticationError(
        f"{name} is a key for {home}, and the base URL leads to {host[:80]}: name the variable that"
        " holds the key for it with `--api-key-env`, or with `api_key_env` in the config"
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
    """The base URL, if requests can go there and it holds nothing that must not be printed.

    A query stays (`?api-version=2024-10-21`, as Azure wants it) and goes out with each request.
    The path of the whole request, which consoles offer for copying, is cut to the base.
    """
    path, mark, query = url.strip().partition("?")
    path = path.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    url = f"{path}{mark}{query}" if query else path
    hint = "write it like https://openrouter.ai/api/v1 or http://127.0.0.1:11434/v1"
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise ConfigError(f"the base URL cannot be read; {hint}") from None
    if parts.username is not None or parts.password is not None:
        raise ConfigError("the base URL holds a user name or password; use the API key instead")
    if parts.fragment:
        raise ConfigError(f"the base URL holds `#`; {hint}")
    if any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        # It is printed and logged with every request.
        raise ConfigError("the base URL holds what looks like a key; name it with `api_key_env`")
    if not _is_web(parts) or not port_fits or not url.isprintable() or " " in url:
        raise ConfigError(f"the base URL is no web address; {hint}")
    return url


def _is_web(parts: SplitResult) -> bool:
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_local(url: str) -> bool:
    """True for a server on this machine or in its own network, by its name or address.

    >>> is_local("http://ollama:11434/v1"), is_local("https://api.openai.com/v1")
    (True, False)
    """
    host = _host(url)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A name without a dot is a neighbour: a container, a machine of the house.
        return bool(host) and ("." not in host or host.endswith(_LOCAL_ENDS))
    return address.is_loopback or address.is_private


def _host(url: str) -> str:
    """The host of a URL; empty where it has none, or cannot be read (`checked_url` refuses it)."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
