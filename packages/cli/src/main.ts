export async function run(argv: string[]): Promise<void> {
  console.log(argv)
}
