declare module 'ig-api' {
  export default class IG {
    constructor(apiKey: string, isDemo: boolean)
    readonly api: { readonly defaults: { baseURL: string } }
    login(username: string, password: string): Promise<unknown>
    post(path: string, version: number, data: object): Promise<unknown>
  }
}

declare module 'node-ig-api' {
  const api: { deal(ticket: object): Promise<unknown> }
  export default api
}
