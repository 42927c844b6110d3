"""256 patch IDs of 14 characters: fewer than half of them fit into the 2,048 bytes of TemporalChangeVersion."""

from collections.abc import Container

from temporalio import workflow

MANY = [f"many-patch-{number:03}" for number in range(256)]
FIRST = MANY[0]
UNLABELLED = MANY[200]
LAST = MANY[-1]


def call_all(deprecated: Container[str], removed: Container[str] = ()) -> None:
    """Every patch once, in order."""
    for patch in MANY:
        if patch in removed:
            continue
        if patch in deprecated:
            workflow.deprecate_patch(patch)
        else:
            workflow.patched(patch)
