"""The declaration that a route is open to anyone on purpose. Copy this file into your program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Sequence
from datetime import date

import pulumi

MIN_REASON_LENGTH = 20
MIN_LETTERS = 10
MIN_DIFFERENT_LETTERS = 6
MUST_BE_PLAIN = (
    "give a plain value: an Output is not known when the preview decides"
    " whether the route may be open"
)


class PublicAccess(pulumi.ComponentResource):
    """
    Declares that its direct children are open to anyone on purpose. The policy pack lets the named
    routes pass until the review date, and nothing else::

        health = PublicAccess(
            "health",
            routes=["GET /health"],
            reason="load balancer health probe, returns no data",
            owner="team-edge",
            review_by=config.require("reviewBy"),
        )
        aws.apigatewayv2.Route(
            "health",
            api_id=api.id,
            route_key="GET /health",
            target=target,
            opts=pulumi.ResourceOptions(parent=health),
        )

    Wrapping a deployed route updates it in place: the children are aliased to the declaration's own
    parent. That matters because API Gateway refuses a second route with the same key, and Pulumi
    creates before it deletes. To take the declaration away again, leave an alias on the route::

        pulumi.ResourceOptions(aliases=[pulumi.Alias(parent=pulumi.create_urn(
            "health", PublicAccess.TOKEN, parent=None
        ))])

    with the declaration's own parent, where it had one.

    :param str name: The name of the declaration.
    :param Sequence[str] routes: The routes it opens, spelled as API Gateway shows them:
        ``GET /health``, ``ANY /{proxy+}``; ``$connect`` for a WebSocket API; ``$default`` for a
        function URL, a quick-create API or the default actions of a load balancer's listener. There
        are no wildcards.
    :param str reason: Why anyone may call them, in at least 20 characters.
    :param str owner: The team or person who answers for it.
    :param str review_by: An ISO date, ``2027-01-31``: until then somebody looks again. The policy
        pack wants it at most 180 days ahead.
    :param Optional[pulumi.ResourceOptions] opts: Options of the declaration itself.
    :raises pulumi.RunError: with every argument that is malformed. Whether the date has passed is
        the policy pack's question.
    """

    TOKEN = "api-guardrails:index:PublicAccess"
    """The token under which the policy pack knows a declaration, in any language."""

    def __init__(
        self,
        name: str,
        *,
        routes: Sequence[str],
        reason: str,
        owner: str,
        review_by: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        problems = _problems(routes, reason, owner, review_by)
        if problems:
            lines = [f'PublicAccess "{name}" declares nothing yet:', *problems]
            raise pulumi.RunError("\n  ".join(lines))

        former = pulumi.Alias(
            parent=opts.parent if opts and opts.parent else pulumi.ROOT_STACK_RESOURCE
        )

        def alias_to_former_parent(
            args: pulumi.ResourceTransformationArgs,
        ) -> pulumi.ResourceTransformationResult | None:
            # It runs for the declaration itself and for grandchildren too; they keep their names.
            if args.opts.parent is not self:
                return None
            aliased = pulumi.ResourceOptions(aliases=[former])
            return pulumi.ResourceTransformationResult(
                args.props, pulumi.ResourceOptions.merge(args.opts, aliased)
            )

        super().__init__(
            self.TOKEN,
            name,
            # The names that the policy pack reads.
            {
                "routes": list(routes),
                "reason": reason,
                "owner": owner,
                "reviewBy": review_by,
            },
            pulumi.ResourceOptions.merge(
                opts, pulumi.ResourceOptions(transformations=[alias_to_former_parent])
            ),
        )
        self.register_outputs({})


def _problems(
    routes: object, reason: object, owner: object, review_by: object
) -> list[str]:
    """What is wrong, and what to write instead. Never a value: it may be a secret."""
    return [
        f"{argument}: {MUST_BE_PLAIN if _arrives_later(value) else expected}"
        for argument, value, is_right, expected in (
            (
                "routes",
                routes,
                _are_routes(routes),
                'list the routes it opens as METHOD /path, $connect or $default, for instance ["GET /health"]',
            ),
            (
                "reason",
                reason,
                _is_readable(reason),
                f"say in words, in at least {MIN_REASON_LENGTH} characters, why anyone may call it",
            ),
            (
                "owner",
                owner,
                isinstance(owner, str) and len(_letters(owner)) > 0,
                "name the team or person who answers for it",
            ),
            (
                "review_by",
                review_by,
                _is_date(review_by),
                'give a date of the calendar such as "2027-01-31", which in YAML needs its quotes',
            ),
        )
        if not is_right
    ]


def _arrives_later(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return any(_arrives_later(entry) for entry in value)
    return isinstance(value, (pulumi.Output, Awaitable))


def _is_readable(reason: object) -> bool:
    """Whether a person can read it. The policy pack asks the same of it."""
    if not isinstance(reason, str) or len(_visible(reason)) < MIN_REASON_LENGTH:
        return False
    letters = _letters(reason)
    return len(letters) >= MIN_LETTERS and len(set(letters)) >= MIN_DIFFERENT_LETTERS


def _letters(text: str) -> list[str]:
    """Its letters and digits, of any script."""
    return [c for c in _visible(text).lower() if unicodedata.category(c)[0] in "LN"]


# Fillers and selectors that nobody sees, although Unicode counts them among the letters and marks.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)


def _visible(text: str) -> str:
    """Without characters that nobody sees, and with one space where several stand."""
    normal = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    seen = (c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(seen).split())


def _are_routes(routes: object) -> bool:
    return (
        isinstance(routes, (list, tuple))
        and len(routes) > 0
        and all(
            isinstance(route, str)
            and re.fullmatch(r"\$connect|\$default|[A-Z]+ /\S*", route)
            for route in routes
        )
    )


def _is_date(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
