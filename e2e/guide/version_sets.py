"""Version sets, read and changed by the guide's own calls."""

import argparse
from typing import Any

from temporalio.client import (
    BuildIdOp,
    BuildIdOpAddNewCompatible,
    BuildIdOpAddNewDefault,
    BuildIdOpMergeSets,
    BuildIdOpPromoteBuildIdWithinSet,
    BuildIdOpPromoteSetByBuildId,
    Client,
)


def add_commands(commands: Any) -> None:
    read = commands.add_parser("get-sets")
    read.add_argument("task_queue")
    read.set_defaults(command=read_sets)

    update = commands.add_parser("update-sets")
    update.add_argument("task_queue")
    update.set_defaults(command=update_sets)
    operations = update.add_subparsers(dest="operation", required=True)
    for name in ("add-new-default", "promote-within-set", "promote-set"):
        operations.add_parser(name).add_argument("build_id")
    compatible = operations.add_parser("add-new-compatible")
    compatible.add_argument("build_id")
    compatible.add_argument("existing_build_id")
    compatible.add_argument("--promote-set", action="store_true")
    merge = operations.add_parser("merge-sets")
    merge.add_argument("primary_build_id")
    merge.add_argument("secondary_build_id")


async def read_sets(client: Client, args: argparse.Namespace) -> dict[str, Any]:
    """The sets as the server orders them: the queue's default set last, in each set its default build last."""
    answer = await client.get_worker_build_id_compatibility(args.task_queue)
    # The client gives None for a queue without sets.
    version_sets = [] if answer is None else answer.version_sets
    return {"versionSets": [{"buildIds": list(version_set.build_ids)} for version_set in version_sets]}


async def update_sets(client: Client, args: argparse.Namespace) -> dict[str, Any]:
    """Applies the operation; the answer is the sets as read afterwards."""
    await client.update_worker_build_id_compatibility(args.task_queue, operation_of(args))
    return await read_sets(client, args)


def operation_of(args: argparse.Namespace) -> BuildIdOp:
    match args.operation:
        case "add-new-default":
            return BuildIdOpAddNewDefault(args.build_id)
        case "add-new-compatible":
            return BuildIdOpAddNewCompatible(args.build_id, args.existing_build_id, args.promote_set)
        case "promote-within-set":
            return BuildIdOpPromoteBuildIdWithinSet(args.build_id)
        case "promote-set":
            return BuildIdOpPromoteSetByBuildId(args.build_id)
        case "merge-sets":
            return BuildIdOpMergeSets(args.primary_build_id, args.secondary_build_id)
    raise ValueError(f"no such operation: {args.operation}")
