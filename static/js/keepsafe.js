/**
 * Ask the browser not to clear this site when space is short. Best asked once the person has something to lose:
 * after the first finished attempt. Some browsers ask the person, most decide by themselves; a "no" changes nothing.
 * @returns {Promise<boolean>}
 */
export async function keepSafe() {
  const storage = globalThis.navigator?.storage;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || storage.persist();
}
