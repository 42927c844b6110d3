// Command stories is the Go side of the stories: workers with one stage of the code each, and the SDK's own replayer.
//
//	stories worker --address HOST:PORT --namespace NAME --queue NAME --stage NAME [--build-id ID] [--identity NAME] [--sticky] [--encrypted]
//	stories replay --stage NAME [--encrypted] FILE…
//	stories checksum
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func([]string) error{"worker": runWorker, "replay": replay, "checksum": printChecksum}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: stories worker|replay|checksum …")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
