import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { nodeHost } from '../host/node-host.ts';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all), {
  host: (folderUri, storage) => nodeHost(URI.parse(folderUri).fsPath, storage),
});
