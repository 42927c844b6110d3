package main

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/proto"
)

// What the replayer said of one history; Error null: it replayed.
type replayed struct {
	File  string  `json:"file"`
	Error *string `json:"error"`
}

// Replays each file's history (protobuf) with the code of a stage and prints what became of them as JSON.
func replay(args []string) error {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	name := flags.String("stage", "", "which code")
	isEncrypted := flags.Bool("encrypted", false, "as for the worker that made them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	stage, err := stageOf(*name)
	if err != nil {
		return err
	}
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter: dataConverter(*isEncrypted),
	})
	if err != nil {
		return err
	}
	register(replayer, stage)
	silent := log.NewStructuredLogger(slog.New(slog.NewTextHandler(io.Discard, nil)))
	answers := []replayed{}
	for _, file := range flags.Args() {
		answer := replayed{File: file}
		history, err := readHistory(file)
		if err != nil {
			return err
		}
		if err := replayer.ReplayWorkflowHistory(silent, history); err != nil {
			text := err.Error()
			answer.Error = &text
		}
		answers = append(answers, answer)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func readHistory(file string) (*historypb.History, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	history := &historypb.History{}
	return history, proto.Unmarshal(data, history)
}

// MD5 of this executable, reckoned here a second time: what the SDK takes for a build ID when nobody names one.
func printChecksum([]string) error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := md5.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	fmt.Println(hex.EncodeToString(sum.Sum(nil)))
	return nil
}
