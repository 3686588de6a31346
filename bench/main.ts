import { countJobs } from './counts.ts';
import { measureLatency, measureSideBySide } from './latency.ts';
import { openArena } from './platform.ts';
import { measureThroughput, warmUp } from './throughput.ts';

for (const contender of ['bridge', 'plain-durable', 'limit'] as const) {
  const arena = await openArena({ contender });
  await warmUp(arena, 300);
  console.log(contender, await measureThroughput(arena, 1000));
  console.log(contender, await measureThroughput(arena, 1000));
  await arena.stop();
}
for (const contender of ['bridge', 'empty'] as const) {
  const arena = await openArena({ contender });
  await warmUp(arena, 300);
  console.log(contender, await measureLatency(arena, 50, 10));
  console.log(contender, await measureLatency(arena, 100, 10));
  if (contender === 'bridge')
    console.log(await measureSideBySide(arena, 50, 10), await measureSideBySide(arena, 100, 10));
  await arena.stop();
}
for (const contender of ['bridge', 'plain-durable'] as const)
  console.log(contender, await countJobs(contender));
