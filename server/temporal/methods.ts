import proto from '@temporalio/proto';
import { decodeRunPage } from '#server/temporal/mappers/run-page.ts';

const ws = proto.temporal.api.workflowservice.v1;

/**
 * `read` may be tried again; `page` is a read of much data; `write` gets one attempt, whatever becomes of it. The deadline counts
 * from the call to its end, attempts and pauses included.
 */
export interface Policy {
  readonly kind: 'read' | 'page' | 'write';
  readonly deadlineMs: number;
}

const READ: Policy = { kind: 'read', deadlineMs: 5_000 };
/** Thousands of runs or events; a Count on a large SQL store also takes seconds. */
const PAGE: Policy = { kind: 'page', deadlineMs: 15_000 };
/** Long enough for a slow but healthy server: an answer is worth more here than speed, since a lost one must be found by reading. */
const WRITE: Policy = { kind: 'write', deadlineMs: 20_000 };

/** What a call is about: decides what its refusals mean. */
export type Area =
  | 'server'
  | 'namespace'
  | 'version-sets'
  | 'rules'
  | 'deployments'
  | 'task-queue'
  | 'visibility'
  | 'run';

/** One call of Temporal's WorkflowService with its messages (`temporal/api/workflowservice/v1/service.proto`). */
export interface Method<Request, Response> {
  readonly path: string;
  readonly area: Area;
  readonly policy: Policy;
  readonly encode: (request: Request) => Buffer;
  readonly decode: (bytes: Buffer) => Response;
}

interface RequestClass<Request> {
  encode(message: Request): { finish(): Uint8Array };
}

interface ResponseClass<Response> {
  decode(bytes: Uint8Array): Response;
}

function method<Request, Response>(
  name: string,
  area: Area,
  policy: Policy,
  request: RequestClass<Request>,
  response: ResponseClass<Response>,
): Method<Request, Response> {
  return {
    path: `/temporal.api.workflowservice.v1.WorkflowService/${name}`,
    area,
    policy,
    encode: (message) => Buffer.from(request.encode(message).finish()),
    decode: (bytes) => response.decode(bytes),
  };
}

/** Every call that Patchboard makes; there is no other. */
export const METHODS = {
  getSystemInfo: method('GetSystemInfo', 'server', READ, ws.GetSystemInfoRequest, ws.GetSystemInfoResponse),
  getClusterInfo: method('GetClusterInfo', 'server', READ, ws.GetClusterInfoRequest, ws.GetClusterInfoResponse),
  listNamespaces: method('ListNamespaces', 'server', READ, ws.ListNamespacesRequest, ws.ListNamespacesResponse),
  describeNamespace: method(
    'DescribeNamespace',
    'namespace',
    READ,
    ws.DescribeNamespaceRequest,
    ws.DescribeNamespaceResponse,
  ),
  getVersionSets: method(
    'GetWorkerBuildIdCompatibility',
    'version-sets',
    READ,
    ws.GetWorkerBuildIdCompatibilityRequest,
    ws.GetWorkerBuildIdCompatibilityResponse,
  ),
  updateVersionSets: method(
    'UpdateWorkerBuildIdCompatibility',
    'version-sets',
    WRITE,
    ws.UpdateWorkerBuildIdCompatibilityRequest,
    ws.UpdateWorkerBuildIdCompatibilityResponse,
  ),
  getReachability: method(
    'GetWorkerTaskReachability',
    'version-sets',
    PAGE,
    ws.GetWorkerTaskReachabilityRequest,
    ws.GetWorkerTaskReachabilityResponse,
  ),
  getRules: method(
    'GetWorkerVersioningRules',
    'rules',
    READ,
    ws.GetWorkerVersioningRulesRequest,
    ws.GetWorkerVersioningRulesResponse,
  ),
  listDeployments: method(
    'ListWorkerDeployments',
    'deployments',
    READ,
    ws.ListWorkerDeploymentsRequest,
    ws.ListWorkerDeploymentsResponse,
  ),
  listPartitions: method(
    'ListTaskQueuePartitions',
    'task-queue',
    READ,
    ws.ListTaskQueuePartitionsRequest,
    ws.ListTaskQueuePartitionsResponse,
  ),
  describeTaskQueue: method(
    'DescribeTaskQueue',
    'task-queue',
    READ,
    ws.DescribeTaskQueueRequest,
    ws.DescribeTaskQueueResponse,
  ),
  listSchedules: method('ListSchedules', 'visibility', PAGE, ws.ListSchedulesRequest, ws.ListSchedulesResponse),
  describeSchedule: method('DescribeSchedule', 'run', READ, ws.DescribeScheduleRequest, ws.DescribeScheduleResponse),
  countRuns: method(
    'CountWorkflowExecutions',
    'visibility',
    PAGE,
    ws.CountWorkflowExecutionsRequest,
    ws.CountWorkflowExecutionsResponse,
  ),
  listRuns: method('ListWorkflowExecutions', 'visibility', PAGE, ws.ListWorkflowExecutionsRequest, {
    decode: decodeRunPage,
  }),
  readHistory: method(
    'GetWorkflowExecutionHistory',
    'run',
    PAGE,
    ws.GetWorkflowExecutionHistoryRequest,
    ws.GetWorkflowExecutionHistoryResponse,
  ),
  readHistoryReverse: method(
    'GetWorkflowExecutionHistoryReverse',
    'run',
    PAGE,
    ws.GetWorkflowExecutionHistoryReverseRequest,
    ws.GetWorkflowExecutionHistoryReverseResponse,
  ),
} as const;
