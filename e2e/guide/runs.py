"""Starts and ends runs of the guide's workflow."""

import argparse
import asyncio
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle

WORKFLOW_TYPE = "MyWorkflow"

# A worker that polled before its build ID was registered gets its first task after up to a minute.
WAIT_TIMEOUT = timedelta(seconds=90)

# Production servers answer ten visibility calls a second.
POLL_SECONDS = 0.2


def add_commands(commands: Any) -> None:
    start = commands.add_parser("start")
    start.add_argument("task_queue")
    start.add_argument("prefix", help="runs are called <prefix>-0, <prefix>-1, …")
    start.add_argument("count", type=int)
    start.add_argument("--no-wait", action="store_true", help="do not wait for a worker to bring them to their wait")
    start.set_defaults(command=start_runs)

    finish = commands.add_parser("finish")
    finish.add_argument("workflow_id")
    finish.set_defaults(command=finish_run)

    signal = commands.add_parser("signal")
    signal.add_argument("workflow_id")
    signal.add_argument("signal")
    signal.set_defaults(command=signal_run)

    terminate = commands.add_parser("terminate")
    terminate.add_argument("workflow_id")
    terminate.set_defaults(command=terminate_run)


async def start_runs(client: Client, args: argparse.Namespace) -> dict[str, Any]:
    """Starts runs; returns once each is at its wait, and listed, so that a count made next holds them all."""
    names = [f"{args.prefix}-{number}" for number in range(args.count)]
    handles = await asyncio.gather(
        *(client.start_workflow(WORKFLOW_TYPE, id=name, task_queue=args.task_queue) for name in names)
    )
    if not args.no_wait:
        ready = asyncio.gather(until_listed(client, handles), *(until_at_wait(handle) for handle in handles))
        await asyncio.wait_for(ready, WAIT_TIMEOUT.total_seconds())
    return {"runs": [{"workflowId": handle.id, "runId": handle.first_execution_run_id} for handle in handles]}


async def until_at_wait(handle: WorkflowHandle) -> None:
    """
    Returns once the workflow task after the activity is completed. Its marker is in history then, and no task is left behind
    for the next stage's worker: each run belongs to one stage.
    """
    while True:
        kinds = [event.event_type async for event in handle.fetch_history_events()]
        is_activity_done = EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED in kinds
        if is_activity_done and kinds[-1] == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return
        await asyncio.sleep(POLL_SECONDS)


async def until_listed(client: Client, handles: list[WorkflowHandle]) -> None:
    missing = {handle.first_execution_run_id for handle in handles}
    while missing:
        missing -= {run.run_id async for run in client.list_workflows()}
        if missing:
            await asyncio.sleep(POLL_SECONDS)


async def finish_run(client: Client, args: argparse.Namespace) -> dict[str, str]:
    """Lets the run go and returns once it completed: needs a worker that can replay it."""
    handle = client.get_workflow_handle(args.workflow_id)
    await handle.signal("finish")
    await asyncio.wait_for(handle.result(), WAIT_TIMEOUT.total_seconds())
    return {"finished": args.workflow_id}


async def signal_run(client: Client, args: argparse.Namespace) -> dict[str, str]:
    await client.get_workflow_handle(args.workflow_id).signal(args.signal)
    return {"signalled": args.workflow_id}


async def terminate_run(client: Client, args: argparse.Namespace) -> dict[str, str]:
    await client.get_workflow_handle(args.workflow_id).terminate()
    return {"terminated": args.workflow_id}
