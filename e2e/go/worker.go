package main

import (
	"flag"
	"fmt"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
)

func runWorker(args []string) error {
	flags := flag.NewFlagSet("worker", flag.ContinueOnError)
	address := flags.String("address", "", "host:port of the frontend")
	namespace := flags.String("namespace", "default", "")
	queue := flags.String("queue", "", "task queue")
	name := flags.String("stage", "", "which code")
	buildID := flags.String("build-id", "", "default: the SDK's checksum of this executable")
	identity := flags.String("identity", "", "as pollers list it")
	isSticky := flags.Bool("sticky", false, "keep runs in memory, as workers do by default")
	isEncrypted := flags.Bool("encrypted", false, "payloads, markers' too, pass a codec")
	if err := flags.Parse(args); err != nil {
		return err
	}
	stage, err := stageOf(*name)
	if err != nil {
		return err
	}
	connection, err := client.Dial(client.Options{
		HostPort:      *address,
		Namespace:     *namespace,
		Identity:      *identity,
		DataConverter: dataConverter(*isEncrypted),
	})
	if err != nil {
		return fmt.Errorf("cannot reach %s: %w", *address, err)
	}
	defer connection.Close()
	if !*isSticky {
		// Without a cache each task goes to whichever worker polls, which replays the run from its first event.
		worker.SetStickyWorkflowCacheSize(0)
	}
	running := worker.New(connection, *queue, worker.Options{BuildID: *buildID, DisableEagerActivities: true})
	register(running, stage)
	return running.Run(worker.InterruptCh())
}

func dataConverter(isEncrypted bool) converter.DataConverter {
	if !isEncrypted {
		return converter.GetDefaultDataConverter()
	}
	return converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), hidingCodec{})
}
