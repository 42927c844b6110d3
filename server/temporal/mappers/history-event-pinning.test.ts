import proto from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { AT, decodeEvents, type WireEvent } from '#server/temporal/testing/wire.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('pinning', () => {
  const { VersioningBehavior } = proto.temporal.api.enums.v1;
  const version = { deploymentName: 'd', buildId: 'b:1' };
  const completedEvent = (versioningBehavior?: number) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
    const attributes = { deploymentVersion: version, ...(versioningBehavior !== undefined && { versioningBehavior }) };
    return decodeEvents({ eventType, workflowTaskCompletedEventAttributes: attributes })[0];
  };
  const startedEvent = (attributes: WireEvent['workflowExecutionStartedEventAttributes']) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
    return decodeEvents({ eventType, workflowExecutionStartedEventAttributes: attributes ?? {} })[0];
  };
  const updatedEvent = (attributes?: WireEvent['workflowExecutionOptionsUpdatedEventAttributes']) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED;
    return decodeEvents({
      eventType,
      ...(attributes && { workflowExecutionOptionsUpdatedEventAttributes: attributes }),
    })[0];
  };

  test('is what the worker asks for with its task', () => {
    expect(completedEvent(VersioningBehavior.VERSIONING_BEHAVIOR_PINNED)).toMatchObject({ isPinned: true });
    expect(completedEvent(VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE)).not.toHaveProperty('isPinned');
    expect(completedEvent()).not.toHaveProperty('isPinned');
  });

  test('may be inherited by a start', () => {
    expect(startedEvent({ inheritedPinnedVersion: version })).toMatchObject({ inheritedPin: 'd:b:1' });
    expect(startedEvent({ inheritedPinnedVersion: {} })).not.toHaveProperty('inheritedPin');
    expect(startedEvent({})).not.toHaveProperty('inheritedPin');
    expect(startedEvent({})).not.toHaveProperty('versioningOverride');
  });

  test.each([
    ['a version', { pinned: { version } }, 'd:b:1'],
    [
      'a version in the fields of before',
      { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED, pinnedVersion: 'd.b.1' },
      'd:b.1',
    ],
    ['following the current version', { autoUpgrade: true }, 'auto-upgrade'],
    [
      'following it in the fields of before',
      { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE },
      'auto-upgrade',
    ],
    ['a pinned version without a name', { pinned: { version: {} } }, 'auto-upgrade'],
  ])('may be overridden to %s', (_, versioningOverride, expected) => {
    expect(startedEvent({ versioningOverride })).toMatchObject({ versioningOverride: expected });
    expect(updatedEvent({ versioningOverride })).toEqual({
      type: 'options-updated',
      eventId: 1,
      ...AT,
      versioningOverride: expected,
    });
  });

  test('is as before when the override goes, and untouched by other options', () => {
    expect(updatedEvent({ unsetVersioningOverride: true })).toMatchObject({
      type: 'options-updated',
      versioningOverride: null,
    });
    for (const other of [{}, { unsetVersioningOverride: false }, { attachedRequestId: 'x' }, undefined]) {
      expect(updatedEvent(other)).toMatchObject({ type: 'other', name: 'WORKFLOW_EXECUTION_OPTIONS_UPDATED' });
    }
  });
});
