import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextErrorCodes } from '../../../shared/context/contextError.ts';
import { contracts } from '../../../shared/context/contracts/contracts.ts';
import { maxElementDepth, maxJsonDepth, maxNameBytes } from '../../../shared/context/limits.ts';
import { formatOf, instantOf, readContext, hintTypes } from '../../../shared/context/listener.ts';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/formats.md'), 'utf8');

describe('docs/formats.md', () => {
  it('lists the error codes, all and no others', () => {
    const section = text.slice(text.indexOf('## Errors'), text.indexOf('Contracts that are known'));
    const codes = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code);
    expect(codes).toEqual([...contextErrorCodes]);
  });

  it.each(hintTypes)('names the hint %s', (hint) => {
    expect(text).toContain(`\`${hint}\``);
  });

  it.each(Object.keys(contracts))('names the contract %s', (contract) => {
    expect(text.slice(text.indexOf('Contracts that are known'))).toMatch(new RegExp(`\\b${contract}\\b`));
  });

  it('gives the limits', () => {
    expect(text).toContain(`at most ${maxJsonDepth} deep`);
    expect(text).toContain(`elements at most ${maxElementDepth}`);
    expect(text).toMatch(new RegExp(`most ${maxNameBytes} bytes`));
  });

  it('has an example that does what it says', () => {
    const context = readContext(
      readFileSync(join(root, 'samples/create-account.json')),
      formatOf('application/json') ?? 'json',
    );
    expect(context.MessageName).toBe('Create');
    expect(context.InputParameters.get('Target')).toMatchObject({ type: 'Entity' });
    expect(Number.isNaN(instantOf(context.OperationCreatedOn).getTime())).toBe(false);
  });
});
