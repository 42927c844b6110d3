"""A worker with one stage of the guide's code. Says so once the server lists its polls, and ends in an orderly way on SIGTERM."""

import argparse
import asyncio
import importlib
import json
import os
import signal
import socket
import sys
from datetime import datetime, timezone

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.worker import Worker

from activities import post_patch_activity, pre_patch_activity

STAGES = {
    1: "workflow_1_initial",
    2: "workflow_2_patched",
    3: "workflow_3_patch_deprecated",
    4: "workflow_4_patch_complete",
}
POLL_SECONDS = 0.1


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="host:port of the frontend")
    parser.add_argument("namespace")
    parser.add_argument("task_queue")
    parser.add_argument("stage", type=int, choices=STAGES)
    parser.add_argument("--build-id", help="default: the SDK's hash of the code")
    parser.add_argument("--versioned", action="store_true", help="opt in to worker versioning; needs --build-id")
    parser.add_argument("--identity", help="as pollers list it; default: stage, host and process")
    args = parser.parse_args()
    if args.versioned and args.build_id is None:
        parser.error("--versioned needs --build-id")
    args.identity = args.identity or f"guide-stage-{args.stage}@{socket.gethostname()}:{os.getpid()}"
    return args


async def until_polling(client: Client, task_queue: str, since: datetime) -> None:
    """Returns once the server lists this worker's polls for workflow tasks and for activities."""
    for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY):
        request = DescribeTaskQueueRequest(
            namespace=client.namespace, task_queue=TaskQueue(name=task_queue), task_queue_type=kind
        )
        while True:
            pollers = (await client.workflow_service.describe_task_queue(request)).pollers
            # A stopped worker stays listed for minutes, and may have had the same name: only a poll since the start is this one's.
            polls = [poller.last_access_time.ToDatetime(timezone.utc) for poller in pollers if poller.identity == client.identity]
            if any(poll >= since for poll in polls):
                break
            await asyncio.sleep(POLL_SECONDS)


async def main() -> None:
    since = datetime.now(timezone.utc)
    args = parse_arguments()
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    client = await Client.connect(args.address, namespace=args.namespace, identity=args.identity)
    worker = Worker(
        client,
        task_queue=args.task_queue,
        workflows=[importlib.import_module(STAGES[args.stage]).MyWorkflow],
        activities=[pre_patch_activity, post_patch_activity],
        build_id=args.build_id,
        use_worker_versioning=args.versioned,
    )
    async with worker:
        await until_polling(client, args.task_queue, since)
        print(json.dumps({"polls": args.task_queue, "identity": args.identity}), flush=True)
        await stopping.wait()


if __name__ == "__main__":
    asyncio.run(main())
    # As in client.py: the SDK's threads can crash an ordinary end.
    sys.stderr.flush()
    os._exit(0)
