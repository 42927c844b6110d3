"""Replays histories (files of protobuf) with one code of the stories and prints what became of each as JSON."""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.worker import Replayer

from codes import workflows_of


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("code", help="module that holds the workflows")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--code-folder", help="where the module is, when not beside this file")
    args = parser.parse_args()
    if args.code_folder is not None:
        sys.path.insert(0, args.code_folder)
    # The SDK's core logs failures, as some here shall be, to the standard output, which is for the answers.
    runtime = Runtime(telemetry=TelemetryConfig(logging=None))
    replayer = Replayer(workflows=workflows_of(args.code), runtime=runtime)
    answers = []
    for file in args.files:
        # The file's name stands in for the workflow ID, which a history does not hold.
        history = WorkflowHistory(file, History.FromString(Path(file).read_bytes()).events)
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        failure = result.replay_failure
        answers.append({"file": file, "error": None if failure is None else str(failure)})
    print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
    # As in client.py: the SDK's threads can crash an ordinary end.
    sys.stderr.flush()
    os._exit(0)
