import { parentPort } from 'node:worker_threads';
import { catalogue } from './catalogue.ts';

parentPort?.postMessage(catalogue());
