import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AuthMode, Caller } from '../../../shared/api/access/caller.ts';
import type * as endpointJson from '../../../shared/api/endpointJson.ts';
import type * as jobJson from '../../../shared/api/jobJson.ts';
import type * as operationJson from '../../../shared/api/operationJson.ts';
import type { ShownMessage } from '../../../shared/api/payloadJson.ts';
import type { FilterBody } from '../../../shared/api/readOperationFilter.ts';
import type * as gate from '../../../shared/gate/actOnEndpoint.ts';
import type { FailureGroup } from '../../../shared/group/failureGroups.ts';
import { countedStatuses, type Summary } from '../../../shared/group/summary.ts';
import type { JobAction } from '../../../shared/job/jobActions.ts';
import type { JobStatus } from '../../../shared/job/jobStatus.ts';
import type { BulkAction } from '../../../shared/operation/bulkAction.ts';
import type { Canary } from '../../../shared/operation/canary.ts';
import type * as endpoints from '../../../web/api/endpoints.ts';
import type * as detail from '../../../web/api/jobDetail.ts';
import type * as operations from '../../../web/api/operations.ts';
import type * as shapes from '../../../web/api/shapes.ts';

/** A type as it comes out of JSON, which leaves out what is undefined. */
type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? readonly Json<Each>[]
    : T extends object
      ? {
          readonly [Name in keyof T as undefined extends T[Name] ? never : Name]: Json<T[Name]>;
        } & {
          readonly [Name in keyof T as undefined extends T[Name] ? Name : never]?: Json<
            Exclude<T[Name], undefined>
          >;
        }
      : T;

/** What the page believes to find and the app does not answer. */
type Invented<Shape, Answer> = Exclude<keyof Shape, keyof Answer>;

/** The compiler holds these: a test that does not compile fails `npm test` and `npm run verify`. */
describe('what the page believes of the API is what the app answers (tsc -p test)', () => {
  it('of jobs', () => {
    expectTypeOf<Json<jobJson.JobSummary>>().toExtend<shapes.JobSummary>();
    expectTypeOf<Invented<shapes.JobSummary, jobJson.JobSummary>>().toBeNever();
    expectTypeOf<Json<jobJson.JobDetail>>().toExtend<detail.JobDetail>();
    expectTypeOf<Invented<detail.JobDetail, jobJson.JobDetail>>().toBeNever();
    expectTypeOf<Invented<detail.Attempt, jobJson.AttemptJson>>().toBeNever();
    expectTypeOf<shapes.JobStatus>().toEqualTypeOf<JobStatus>();
    expectTypeOf<shapes.JobAction>().toEqualTypeOf<JobAction>();
  });

  it('of payloads', () => {
    expectTypeOf<Json<ShownMessage>>().toExtend<detail.Payload['message']>();
    expectTypeOf<
      Invented<detail.SentMessage, Exclude<ShownMessage, { readonly fault: unknown }>>
    >().toBeNever();
  });

  it('of the summary', () => {
    expectTypeOf<Json<Omit<Summary, 'statuses'>>>().toExtend<Omit<shapes.Summary, 'statuses'>>();
    expectTypeOf<Invented<shapes.Summary, Summary>>().toBeNever();
    expectTypeOf<Invented<shapes.FailureGroup, FailureGroup>>().toBeNever();
    const counted: Record<keyof shapes.Summary['statuses'], true> = {
      ...{ WaitingForResources: true, Waiting: true, Suspended: true, InProgress: true },
      ...{ Pausing: true, Canceling: true, Failed: true },
    };
    expect(Object.keys(counted).sort()).toEqual([...countedStatuses].sort());
  });

  it('of endpoints', () => {
    expectTypeOf<Json<endpointJson.EndpointView>>().toExtend<endpoints.EndpointView>();
    expectTypeOf<Invented<endpoints.EndpointView, endpointJson.EndpointView>>().toBeNever();
    expectTypeOf<endpoints.EndpointState>().toEqualTypeOf<endpointJson.EndpointView['state']>();
    expectTypeOf<endpoints.EndpointAction>().toEqualTypeOf<gate.EndpointAction>();
  });

  it('of bulk operations', () => {
    expectTypeOf<Json<operationJson.OperationView>>().toExtend<operations.OperationView>();
    expectTypeOf<Invented<operations.OperationView, operationJson.OperationView>>().toBeNever();
    expectTypeOf<Json<operationJson.ResultView>>().toExtend<operations.ResultView>();
    expectTypeOf<Invented<operations.ResultView, operationJson.ResultView>>().toBeNever();
    expectTypeOf<operations.BulkAction>().toEqualTypeOf<BulkAction>();
  });

  it('of what can be asked of many jobs', () => {
    expectTypeOf<Invented<operations.OperationFilter, FilterBody>>().toBeNever();
    expectTypeOf<operations.Canary>().toExtend<Canary>();
  });

  it('of who is there', () => {
    expectTypeOf<Caller & { readonly auth: AuthMode }>().toExtend<shapes.Me>();
    expectTypeOf<shapes.Role>().toEqualTypeOf<Caller['roles'][number]>();
  });
});
