/** A client of the Graph API without types; this is what the tests use of it. */
declare module 'facebook-js-sdk' {
  type Answer = Promise<{ readonly data: Readonly<Record<string, unknown>> }>
  export default class Facebook {
    constructor(options: { readonly accessToken: string; readonly graphVersion: string })
    baseUrl: string
    get(path: string): Answer
    post(path: string, fields: Readonly<Record<string, unknown>>): Answer
    delete(path: string): Answer
  }
}
