/**
 * Activities of the versioning guide, under the guide's own names: these names stand in histories, so they are data.
 * They end at once; it is the workflows that stay open.
 */
export const guideActivities = {
  pre_patch_activity: async (): Promise<string> => 'pre-patch',
  post_patch_activity: async (): Promise<string> => 'post-patch',
};
export type GuideActivities = typeof guideActivities;

export const orderActivities = {
  reserveStock: async (orderId: string): Promise<string> => `stock reserved for ${orderId}`,
};
export type OrderActivities = typeof orderActivities;
