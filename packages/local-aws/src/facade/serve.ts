// The façade as a process of its own. `up` starts it.
import { createFacade } from './facade.ts';

const port = Number(process.env['HEADWATER_AWS_PORT'] ?? 0);
const moto = process.env['HEADWATER_MOTO_URL'] ?? '';
const trino = process.env['HEADWATER_TRINO_URL'] ?? '';
const results = process.env['HEADWATER_RESULTS_FOLDER'] ?? '';

const server = createFacade({ moto, trino, results });
server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});
