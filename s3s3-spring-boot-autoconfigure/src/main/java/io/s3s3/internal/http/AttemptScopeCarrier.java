package io.s3s3.internal.http;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Carries the scope of an attempt from the thread that calls an asynchronous client to
 * its HTTP client, which works on any thread. A request that carries a scope itself keeps
 * it, but a copy of the request is what that costs. Stateless.
 */
public final class AttemptScopeCarrier implements ExecutionInterceptor {

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes executionAttributes) {
		AttemptScopeAttribute.addTo(executionAttributes);
	}

}
