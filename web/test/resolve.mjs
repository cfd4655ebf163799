/** Node strips types from TypeScript by itself; only the endings that our imports leave out have to be found. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (fault) {
      if (!specifier.startsWith('.')) throw fault;
      return next(`${specifier}.ts`, context);
    }
  },
});
