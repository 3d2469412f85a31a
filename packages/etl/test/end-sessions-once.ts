// Ends the sessions of loads in a process of its own, so that a test can wait for it within a callback. Argument: the URL.
import pg from 'pg';

const client = new pg.Client({ connectionString: process.argv[2] });
await client.connect();
await client.query(
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headwater' AND datname = current_database()`,
);
await client.end();
