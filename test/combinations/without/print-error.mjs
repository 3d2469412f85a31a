// Prints what asking a lake ends with, as JSON, for a program that lacks a driver.
import { defineEvents, timestamp } from '@headwater/core';
import { createLake } from '@headwater/queries';

const orders = defineEvents('orders', { columns: { at: timestamp() }, roles: { time: 'at' } });

export async function printError(engine, ask) {
  try {
    console.log(JSON.stringify(await ask(createLake({ tables: [orders], engine }))));
  } catch (error) {
    console.log(JSON.stringify(error));
  }
}
