import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ResultView } from '../../api/operations.ts';
import type { Problem } from '../../api/shapes.ts';
import { addressOf } from '../../model/address.ts';
import { shortId } from '../../model/jobs.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { usePage } from '../../state/page.ts';
import { Button } from '../../parts/button.tsx';

interface ResultPage {
  readonly results: readonly ResultView[];
  readonly next: string | null;
}

interface Shown extends ResultPage {
  readonly problem: Problem | undefined;
}

const nothing: Shown = { results: [], next: '', problem: undefined };

const useResults = (id: string, over: boolean): { readonly shown: Shown; readonly more: () => void } => {
  const { client } = usePage();
  const [shown, setShown] = useState<Shown>(nothing);
  const load = async (after: string, before: readonly ResultView[]): Promise<void> => {
    const query = after === '' ? '' : `?after=${encodeURIComponent(after)}`;
    const result = await client<ResultPage>(`operations/${encodeURIComponent(id)}/results${query}`);
    setShown((old) =>
      result.kind === 'ok'
        ? { results: [...before, ...result.value.results], next: result.value.next, problem: undefined }
        : { ...old, problem: result.problem },
    );
  };
  useEffect(() => void load('', []), [id, over]);
  return { shown, more: () => void load(shown.next ?? '', shown.results) };
};

const Row = ({ result }: { result: ResultView }): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={addressOf({ view: 'job', id: result.jobId, tab: '' })} title={result.jobId}>
        {shortId(result.jobId)}
      </a>
    </th>
    <td>{result.result}</td>
    <td>{result.outcome ?? ''}</td>
    <td class="words">{result.detail}</td>
  </tr>
);

/** What became of each job. @param over the operation has ended; asked anew then. */
export const Results = ({ id, over }: { id: string; over: boolean }): JSX.Element => {
  const { shown, more } = useResults(id, over);
  return (
    <section class="sheet" aria-label="Results">
      {shown.problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={shown.problem} />
        </Banner>
      )}
      <div class="scroller" tabIndex={0} role="region" aria-label="Result of each job">
        <table class="results">
          <caption>Result of each job</caption>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Result</th>
              <th scope="col">Outcome</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {shown.results.map((result) => (
              <Row key={result.jobId} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.results.length === 0 ? <p class="hint">No job has been dealt with yet.</p> : null}
      {shown.next === null || shown.next === '' ? null : (
        <Button appearance="subtle" onClick={more}>
          More results
        </Button>
      )}
    </section>
  );
};
