package main

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

const changeID = "change-1"

// A stage of the code's life: what stands in it for the change, and the branches that it still has.
type stage struct {
	// No call of GetVersion: `branch` is all there is.
	hasNoCall bool
	branch    workflow.Version
	min, max  workflow.Version
}

var stages = map[string]stage{
	"initial":      {hasNoCall: true, branch: workflow.DefaultVersion},
	"default-1":    {min: workflow.DefaultVersion, max: 1},
	"default-2":    {min: workflow.DefaultVersion, max: 2},
	"only-1":       {min: 1, max: 1},
	"1-2":          {min: 1, max: 2},
	"only-2":       {min: 2, max: 2},
	"dropped-at-1": {hasNoCall: true, branch: 1},
	"dropped-at-2": {hasNoCall: true, branch: 2},
}

func stageOf(name string) (stage, error) {
	found, isKnown := stages[name]
	if !isKnown {
		return stage{}, fmt.Errorf("no stage is called %q", name)
	}
	return found, nil
}

// The version whose branch runs.
func (s stage) version(ctx workflow.Context) workflow.Version {
	if s.hasNoCall {
		return s.branch
	}
	return workflow.GetVersion(ctx, changeID, s.min, s.max)
}
