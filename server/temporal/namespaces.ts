import proto, { type temporal } from '@temporalio/proto';
import { hasCode } from '#server/errors.ts';
import type { Caller } from '#server/temporal/call.ts';
import { limitMs, textOrNull } from '#server/temporal/mappers/scalars.ts';
import { METHODS } from '#server/temporal/methods.ts';
import type { CallOptions, NamespaceInfo, TemporalPort } from '#server/temporal/port.ts';

const { NAMESPACE_STATE_DELETED } = proto.temporal.api.enums.v1.NamespaceState;

/** Temporal's own workflows; no release of anyone's code goes there. */
const SYSTEM_NAMESPACE = 'temporal-system';
const PAGE_SIZE = 1_000;

type Described = temporal.api.workflowservice.v1.DescribeNamespaceResponse.$Properties;

export function namespaceCalls({
  call,
}: Caller): Pick<TemporalPort, 'getServerInfo' | 'listNamespaces' | 'describeNamespace'> {
  return {
    getServerInfo: async (options) => {
      const [system, clusterName] = await Promise.all([
        call(METHODS.getSystemInfo, {}, options),
        clusterNameOf(options),
      ]);
      return { serverVersion: system.serverVersion, clusterName };
    },
    listNamespaces: async (options) => {
      const found: NamespaceInfo[] = [];
      let nextPageToken: Uint8Array = new Uint8Array();
      do {
        const page = await call(METHODS.listNamespaces, { pageSize: PAGE_SIZE, nextPageToken }, options);
        found.push(...page.namespaces.filter(isForPeople).map(toNamespaceInfo));
        nextPageToken = page.nextPageToken;
      } while (nextPageToken.length > 0);
      return found;
    },
    describeNamespace: async ({ namespace }, options) =>
      toNamespaceInfo(await call(METHODS.describeNamespace, { namespace }, options)),
  };

  /** A key scoped to a namespace may not ask for the cluster; its name is only shown. */
  async function clusterNameOf(options: CallOptions | undefined): Promise<string | null> {
    try {
      return textOrNull((await call(METHODS.getClusterInfo, {}, options)).clusterName);
    } catch (error) {
      if (hasCode(error, 'credentials-refused') || hasCode(error, 'temporal-error')) return null;
      throw error;
    }
  }
}

function isForPeople({ namespaceInfo }: Described): boolean {
  return namespaceInfo?.name !== SYSTEM_NAMESPACE && namespaceInfo?.state !== NAMESPACE_STATE_DELETED;
}

function toNamespaceInfo({ namespaceInfo, config }: Described): NamespaceInfo {
  return { name: namespaceInfo?.name ?? '', retentionMs: limitMs(config?.workflowExecutionRetentionTtl) };
}
