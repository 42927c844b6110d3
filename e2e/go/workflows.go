package main

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func register(registry worker.WorkflowRegistry, s stage) {
	for name, function := range map[string]any{"Order": order(s), "Carry": carry(s), "Later": later(s), "Many": many} {
		registry.RegisterWorkflowWithOptions(function, workflow.RegisterOptions{Name: name})
	}
}

// Order waits, passes the change, and waits again: each signal `go` is one step, `finish` ends the run wherever it is.
func order(s stage) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		steps := newSteps(ctx)
		if !steps.next(ctx) {
			return nil
		}
		if err := branch(ctx, s.version(ctx)); err != nil {
			return err
		}
		for steps.next(ctx) {
		}
		return nil
	}
}

// Carry continues as new once, after the change; the new run waits before it.
func carry(s stage) func(workflow.Context, int) error {
	return func(ctx workflow.Context, round int) error {
		steps := newSteps(ctx)
		if !steps.next(ctx) {
			return nil
		}
		if err := branch(ctx, s.version(ctx)); err != nil {
			return err
		}
		if round == 0 {
			return workflow.NewContinueAsNewError(ctx, "Carry", round+1)
		}
		for steps.next(ctx) {
		}
		return nil
	}
}

// Later meets a second change after the first.
func later(s stage) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		steps := newSteps(ctx)
		if !steps.next(ctx) {
			return nil
		}
		if err := branch(ctx, s.version(ctx)); err != nil {
			return err
		}
		if !steps.next(ctx) {
			return nil
		}
		if !s.hasNoCall {
			workflow.GetVersion(ctx, "change-2", workflow.DefaultVersion, 1)
		}
		for steps.next(ctx) {
		}
		return nil
	}
}

// Many calls GetVersion for 256 changes: fewer than half of them fit into the 2,048 bytes of TemporalChangeVersion.
func many(ctx workflow.Context) error {
	for number := range 256 {
		workflow.GetVersion(ctx, fmt.Sprintf("many-change-%03d", number), workflow.DefaultVersion, 1)
	}
	steps := newSteps(ctx)
	for steps.next(ctx) {
	}
	return nil
}

// Each branch leaves other events, so that a replay by the wrong one fails, and none that leads to a further workflow task.
func branch(ctx workflow.Context, version workflow.Version) error {
	if version != 1 {
		if err := workflow.UpsertMemo(ctx, map[string]any{"branch": int(version)}); err != nil {
			return err
		}
	}
	if version != workflow.DefaultVersion {
		workflow.NewTimer(ctx, 24*time.Hour)
	}
	return nil
}

type steps struct {
	goes, finish workflow.ReceiveChannel
}

func newSteps(ctx workflow.Context) steps {
	return steps{goes: workflow.GetSignalChannel(ctx, "go"), finish: workflow.GetSignalChannel(ctx, "finish")}
}

// False: the run shall end.
func (s steps) next(ctx workflow.Context) bool {
	goesOn := false
	selector := workflow.NewSelector(ctx)
	selector.AddReceive(s.goes, func(channel workflow.ReceiveChannel, _ bool) {
		channel.Receive(ctx, nil)
		goesOn = true
	})
	selector.AddReceive(s.finish, func(channel workflow.ReceiveChannel, _ bool) {
		channel.Receive(ctx, nil)
	})
	selector.Select(ctx)
	return goesOn
}
