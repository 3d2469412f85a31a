import { createMcpServer, type McpServerConfig } from '@headwater/mcp';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';

/** A real client that is connected to a server in this process. */
export async function connected(config: McpServerConfig): Promise<Client> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createMcpServer(config).connect(theirs);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(ours);
  return client;
}

/** The structured answer of a tool. */
export type Answer = Readonly<Record<string, unknown>>;

/** Calls a tool that has to answer. */
export async function ask(
  client: Client,
  name: string,
  given: Answer = {},
  signal?: AbortSignal,
): Promise<Answer> {
  const { isError, content, structuredContent } = await client.callTool(
    { name, arguments: given },
    signal ? { signal } : {},
  );
  if (isError || structuredContent === undefined) throw new Error(JSON.stringify(content));
  const [text] = content;
  if (text?.type !== 'text' || text.text !== JSON.stringify(structuredContent))
    throw new Error('The text is not the structured answer');
  return structuredContent as Answer;
}

/** Calls a tool that has to fail, and gives what the caller is told. */
export async function failure(client: Client, name: string, given: Answer = {}) {
  const { isError, content } = await client.callTool({ name, arguments: given });
  const [text] = content;
  if (!isError || text?.type !== 'text') throw new Error(`It answered: ${JSON.stringify(content)}`);
  return (JSON.parse(text.text) as { error: { code: string; message: string; retryable: boolean } }).error;
}
