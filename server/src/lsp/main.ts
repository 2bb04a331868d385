import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { nodeHost } from '../host/node-host.ts';
import { serveTypeChecks, typeCheckArgument } from '../host/type-checker.ts';
import { startServer } from './server.ts';

if (process.argv[2] === typeCheckArgument) void serveTypeChecks();
else
  startServer(createConnection(ProposedFeatures.all), {
    host: (folderUri, storage, trusted) =>
      nodeHost(URI.parse(folderUri).fsPath, storage, { entry: process.argv[1]!, trusted }),
  });
