export default async function closeCluster() {
  await globalThis.xiongguanCluster?.close();
  globalThis.xiongguanCluster = undefined;
}
