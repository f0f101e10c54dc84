// Published clients against a running server: what they hear, as JSON. Arguments: its address, one line to it that breaks for each, token, last position.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as streamClient } from 'graphql-sse';
import { createClient as socketClient } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { resuming } from './resuming.js';

const [address, line, urqlLine, apolloLine, streamLine, token, last] = process.argv.slice(2);
const all = Array.from({ length: Number(last) }, (_, index) => index + 1).join();
const headers = { authorization: `Bearer ${token}` };
const ME = '{ me { officer } }';
const EVENTS = 'subscription ($after: Position) { events(after: $after) { position type thing } }';
const OPEN = `mutation ($input: OpenAlarmInput!) { openAlarm(input: $input) { ... on OpenAlarmPayload { position } ... on Refusal { code } } }`;
const retrying = { retryWait: async () => {}, shouldRetry: () => true };
const sockets = (url, connectionParams = headers, more = retrying) =>
  socketClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams, ...more });
const streams = (url) => streamClient({ url: `${url}/graphql/stream`, headers, retry: async () => {} });
const alarm = () => ({
  commandId: randomUUID(), alarm: randomUUID(), report: randomUUID(), source: 'CALL_110', kind: 'ALARM', division: '500103', station: 'CQ-YZ-01',
});

// One answer of a client of the protocols.
const once = (client, query, variables) =>
  new Promise((resolve) => {
    let answer;
    client.subscribe({ query, variables }, { next: (told) => (answer = told), error: (error) => resolve({ error }), complete: () => resolve(answer) });
  });

// All positions up to the last; `begin` hands over each, and answers with what ends it.
const follow = (begin) =>
  new Promise((resolve, reject) => {
    const heard = [];
    const end = begin((position) => {
      if (position <= Number(last)) heard.push(position);
      if (position === Number(last)) queueMicrotask(() => (end(), resolve(heard)));
    }, reject);
  });

const byProtocol = (client) =>
  follow((next, error) =>
    resuming(client).subscribe({ query: EVENTS, variables: { after: 0 } }, { next: ({ data }) => next(data.events.position), error, complete() {} }),
  );

async function urql() {
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: resuming(broken).subscribe({ query, variables }, sink) }),
  });
  const broken = sockets(urqlLine);
  const client = new Client({
    url: `${address}/graphql`,
    exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })],
    fetchOptions: { headers },
    preferGetMethod: false,
  });
  const heard = await follow((next) => client.subscription(EVENTS, { after: 0 }).subscribe(({ data }) => next(data.events.position)).unsubscribe);
  const done = (await client.mutation(OPEN, { input: alarm() })).data.openAlarm.position > Number(last);
  const query = (await client.query(ME, {})).data.me.officer;
  await broken.dispose();
  return { heard, done, query };
}

async function apollo() {
  const cache = () => new InMemoryCache();
  const broken = sockets(apolloLine);
  const live = new ApolloClient({ cache: cache(), link: new GraphQLWsLink(resuming(broken)) });
  const plain = new ApolloClient({ cache: cache(), link: new HttpLink({ uri: `${address}/graphql`, headers }) });
  const heard = await follow((next, error) => {
    const listening = live.subscribe({ query: gql(EVENTS), variables: { after: 0 } }).subscribe({ next: ({ data }) => next(data.events.position), error });
    return () => listening.unsubscribe();
  });
  const done = (await plain.mutate({ mutation: gql(OPEN), variables: { input: alarm() } })).data.openAlarm.position > Number(last);
  const query = (await plain.query({ query: gql(ME) })).data.me.officer;
  await broken.dispose();
  return { heard, done, query };
}

const socket = sockets(address);
const stream = streams(address);
const found = {
  socket: {
    heard: await byProtocol(sockets(line)),
    done: (await once(socket, OPEN, { input: alarm() })).data.openAlarm.position > Number(last),
    query: (await once(socket, ME)).data.me.officer,
  },
  stream: {
    heard: await byProtocol(streams(streamLine)),
    done: (await once(stream, OPEN, { input: alarm() })).data.openAlarm.position > Number(last),
    query: (await once(stream, ME)).data.me.officer,
  },
  urql: await urql(),
  apollo: await apollo(),
  refused: (await once(socket, 'subscription { nothing }')).error[0].extensions.code,
  stranger: (await once(sockets(address, {}, { retryAttempts: 0 }), ME)).error.code,
  many: (await Promise.all(Array.from({ length: 20 }, () => byProtocol(socket)))).every((heard) => heard.join() === all),
};

console.log(JSON.stringify(found));
process.exit(0);
