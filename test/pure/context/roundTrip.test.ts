import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../../shared/context/json/writeJson.ts';
import { readContext } from '../../../shared/context/read/readContext.ts';
import { makeConverter } from '../../../shared/context/write/convert.ts';
import { meaningOf } from '../../support/meaning.ts';
import { anyContext, contextsPerRun, randomContext } from '../../support/randomContexts.ts';
import { vectors } from '../../support/vectors.ts';

const { toXml, toBinary } = makeConverter();

describe('a context that goes through another format and back', () => {
  it.each(vectors)('$name keeps everything', ({ json, xml, binary }) => {
    expect(meaningOf(writeJson(readContext(xml, 'xml')))).toBe(meaningOf(json));
    expect(meaningOf(writeJson(readContext(binary, 'binary')))).toBe(meaningOf(json));
  });

  it(`keeps everything, ${contextsPerRun} generated ones`, { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(anyContext, (seed) => {
        const json = randomContext(seed);
        const meaning = meaningOf(json);
        expect(meaningOf(writeJson(readContext(toXml(json), 'xml')))).toBe(meaning);
        expect(meaningOf(writeJson(readContext(toBinary(json), 'binary')))).toBe(meaning);
      }),
      { numRuns: contextsPerRun },
    );
  });
});
