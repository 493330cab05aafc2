export async function runNewBot(_name: string): Promise<number> {
  return 1
}
