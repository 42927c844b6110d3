"""
Counts of a namespace's runs, made from their whole histories and from nothing else: what Patchboard's own counts are held
against. Search attributes are not looked at; visibility only says which histories there are.
"""

import argparse
import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

# Enough to keep the server busy, few enough not to meet its limits.
READS_AT_ONCE = 16

CLOSING_EVENTS = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    }
)


@dataclass(frozen=True)
class Run:
    """What one history says."""

    workflow_type: str
    task_queue: str
    is_open: bool
    live: frozenset[str]
    """Patch IDs with a marker that is not deprecated."""
    deprecated: frozenset[str]
    """Patch IDs with deprecated markers only."""
    builds: frozenset[str]
    """Build IDs of the workers that completed a workflow task."""


def add_commands(commands: Any) -> None:
    parser = commands.add_parser("count")
    parser.add_argument("--task-queue", action="append", help="only runs started on these queues")
    parser.set_defaults(command=count_runs)


async def count_runs(client: Client, args: argparse.Namespace) -> dict[str, Any]:
    # All runs, not the open ones: whether a run is open is asked of its history too, since visibility is late.
    listed = [run async for run in client.list_workflows()]
    gate = asyncio.Semaphore(READS_AT_ONCE)

    async def read(workflow_id: str, run_id: str) -> Run:
        async with gate:
            handle = client.get_workflow_handle(workflow_id, run_id=run_id)
            return read_history([event async for event in handle.fetch_history_events()])

    runs = await asyncio.gather(*(read(run.id, run.run_id) for run in listed))
    return count([run for run in runs if args.task_queue is None or run.task_queue in args.task_queue])


def read_history(events: list[HistoryEvent]) -> Run:
    started = events[0].workflow_execution_started_event_attributes
    live: set[str] = set()
    deprecated: set[str] = set()
    builds: set[str] = set()
    for event in events:
        if event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED:
            marker = event.marker_recorded_event_attributes
            if marker.marker_name == "core_patch":
                patch = json.loads(marker.details["patch-data"].payloads[0].data)
                (deprecated if patch["deprecated"] else live).add(patch["id"])
        elif event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            build_id = event.workflow_task_completed_event_attributes.worker_version.build_id
            if build_id:
                builds.add(build_id)
    return Run(
        workflow_type=started.workflow_type.name,
        task_queue=started.task_queue.name,
        is_open=events[-1].event_type not in CLOSING_EVENTS,
        live=frozenset(live),
        deprecated=frozenset(deprecated - live),
        builds=frozenset(builds),
    )


def count(runs: list[Run]) -> dict[str, Any]:
    """The answer: rows in a fixed order, so that two answers can be compared. A patch keeps its row when its last run closed."""
    open_runs = [run for run in runs if run.is_open]
    patches = sorted({(patch, run.workflow_type) for run in runs for patch in run.live | run.deprecated})
    builds = Counter((run.task_queue, build) for run in open_runs for build in run.builds)
    return {
        "openRuns": len(open_runs),
        "closedRuns": len(runs) - len(open_runs),
        "byPatch": [count_patch(patch, name, open_runs) for patch, name in patches],
        "byBuild": [
            {"taskQueue": queue, "buildId": build, "openRuns": number}
            for (queue, build), number in sorted(builds.items())
        ],
    }


def count_patch(patch: str, workflow_type: str, open_runs: list[Run]) -> dict[str, Any]:
    of_type = [run for run in open_runs if run.workflow_type == workflow_type]
    live = sum(patch in run.live for run in of_type)
    deprecated = sum(patch in run.deprecated for run in of_type)
    return {
        "patchId": patch,
        "workflowType": workflow_type,
        "live": live,
        "deprecated": deprecated,
        "withoutMarker": len(of_type) - live - deprecated,
    }
