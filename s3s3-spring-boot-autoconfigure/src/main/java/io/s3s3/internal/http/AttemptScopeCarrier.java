package io.s3s3.internal.http;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Carries the scope of an attempt from the thread that calls an asynchronous client to
 * its HTTP client, which may work on any thread. A request that carries a scope itself
 * keeps it; carrying one costs a copy of the request. Stateless.
 */
public final class AttemptScopeCarrier implements ExecutionInterceptor {

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes executionAttributes) {
		AttemptScopeAttribute.addTo(executionAttributes);
	}

}
