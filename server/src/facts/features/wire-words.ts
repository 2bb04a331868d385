import { own } from '../../core/own.ts';
import { wordsOf } from '../words.ts';

/** What kind of name a method takes first, told from its receiver's words and its own name; undefined for others. */
export function methodChannel(receiver: string, method: string): string | undefined {
  const last = /([\w$]+)[^\w$]*$/.exec(receiver.replace(/\([^()]*\)/g, ''))?.[1] ?? '';
  const words = wordsOf(last);
  const has = (...some: string[]) => some.some((word) => words.includes(word));
  if (storageMethods.has(method) && has('storage', 'store')) return 'storage key';
  if (cookieMethods.has(method) && (has('cookie', 'cookies', 'jar') || method.toLowerCase().includes('cookie')))
    return 'cookie';
  if (cacheMethods.has(method) && has('redis', 'ioredis', 'memcached', 'kv', 'valkey')) return 'Redis key';
  if (cacheMethods.has(method) && has('cache', 'caches')) return 'cache key';
  if (queueMethods.has(method)) return 'queue';
  const onBus = words.some((word) => busWords.has(word)) || wordsOf(receiver).some((word) => rootWords.has(word));
  if (onBus && (method === 'publish' || method === 'subscribe')) return 'topic';
  if (onBus && busMethods.has(method)) return 'event';
  if (method === 'add' && has('queue')) return 'job';
  if (/^ipc(?:Main|Renderer)$/.test(last) && ipcMethods.has(method)) return 'IPC channel';
  return undefined;
}

/** `useLocalStorage('cart')`, `getCookie(context, 'session')`: calls whose own name says it. */
export function plainCallChannel(name: string): string | undefined {
  const words = wordsOf(name);
  if (words.length < 2) return undefined;
  const last = words.at(-1)!;
  if (!actionWords.has(words[0]!)) return undefined;
  if (last === 'storage' || (last === 'item' && words.at(-2) === 'storage')) return 'storage key';
  return last === 'cookie' ? 'cookie' : undefined;
}

/** Options that carry such a name: `{ topic: 'orders' }`. */
export function optionChannel(name: string): string | undefined {
  return own(options, name);
}

/**
 * Constants that carry such a name (`CART_STORAGE_KEY`), or list several (`QUEUES`).
 * @param listing it is an object whose members are the names
 */
export function constantChannel(name: string, listing: boolean): string | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (listing) return own(lists, last) ?? (/^(?:keys|names)$/.test(last) ? channelOfWords(before) : undefined);
  if (/^(?:key|name|prefix)$/.test(last)) return channelOfWords(before);
  return /^[A-Z][A-Z0-9_]*$/.test(name) && before.length > 0 ? own(constants, last) : undefined;
}

function channelOfWords(words: readonly string[]): string | undefined {
  for (const word of words.toReversed()) {
    const channel = own(keyed, word);
    if (channel) return channel;
  }
  return undefined;
}

const storageMethods = words('getItem setItem removeItem');
const cookieMethods = words('get set remove delete has cookie clearCookie setCookie getCookie');
const cacheMethods = words(
  'get set del setex setnx psetex getset getex getdel expire ttl exists incr incrby decr hget hset hdel hgetall hincrby sadd srem smembers sismember lpush rpush lpop rpop lrange zadd zrange zrem wrap remember put',
);
const queueMethods = words('sendToQueue assertQueue assertExchange');
const busMethods = words('emit on once off');
const ipcMethods = words('handle handleOnce invoke send sendSync on once');
const busWords = words(
  'bus eventbus socket sockets io websocket pubsub publisher subscriber broker nats kafka amqp rabbit rabbitmq mqtt channel redis producer consumer',
);
/** Words of a receiver's root: `io.to(room).emit('x')`. */
const rootWords = words('io socket pubsub nats mqtt');
const actionWords = words('use get set remove delete read write clear save load destroy atom');

const options: Readonly<Record<string, string>> = {
  topic: 'topic',
  topicName: 'topic',
  queueName: 'queue',
  routingKey: 'routing key',
  storageKey: 'storage key',
  localStorageKey: 'storage key',
  cookieName: 'cookie',
  cacheKey: 'cache key',
};

const keyed: Readonly<Record<string, string>> = {
  storage: 'storage key',
  localstorage: 'storage key',
  persist: 'storage key',
  cookie: 'cookie',
  redis: 'Redis key',
  cache: 'cache key',
  queue: 'queue',
  topic: 'topic',
  lock: 'lock',
};

const constants: Readonly<Record<string, string>> = {
  topic: 'topic',
  queue: 'queue',
  cookie: 'cookie',
  channel: 'channel',
};

const lists: Readonly<Record<string, string>> = {
  topics: 'topic',
  queues: 'queue',
  cookies: 'cookie',
  channels: 'channel',
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
