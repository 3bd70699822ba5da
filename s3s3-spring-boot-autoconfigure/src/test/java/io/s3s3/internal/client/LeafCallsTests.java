package io.s3s3.internal.client;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.operation.LeafMethod;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeafCalls} and the leaf methods that it finds.
 */
class LeafCallsTests {

	private static final Set<Class<?>> ARGUMENTS = Set.of(RequestBody.class, ResponseTransformer.class,
			AsyncRequestBody.class, AsyncResponseTransformer.class, SelectObjectContentResponseHandler.class);

	private final LeafCalls blocking = new LeafCalls(S3Client.class, RequestBody.class, ResponseTransformer.class);

	private final LeafCalls asynchronous = new LeafCalls(S3AsyncClient.class, AsyncRequestBody.class,
			AsyncResponseTransformer.class, SelectObjectContentResponseHandler.class);

	@Test
	void findsTheMethodsThatTakeARequestAndAtMostABodyOrATransformer() {
		assertThat(descriptors(this.blocking)).containsExactlyInAnyOrderElementsOf(leaves(S3Client.class));
		assertThat(descriptors(this.asynchronous)).containsExactlyInAnyOrderElementsOf(leaves(S3AsyncClient.class));
	}

	private static List<String> descriptors(LeafCalls calls) {
		return calls.methods().stream().map((method) -> method.name() + method.descriptor()).toList();
	}

	private static List<String> leaves(Class<?> client) {
		return Arrays.stream(client.getMethods())
			.filter(LeafCallsTests::isLeaf)
			.map((method) -> method.getName()
					+ MethodType.methodType(method.getReturnType(), method.getParameterTypes())
						.toMethodDescriptorString())
			.toList();
	}

	@Test
	void namesTheOperationOfAMethod() {
		assertThat(this.blocking.methods()).extracting(LeafMethod::operation)
			.contains("PutObject", "GetObject", "ListObjectsV2");
		assertThat(this.asynchronous.methods()).extracting(LeafMethod::operation)
			.contains("PutObject", "GetObject", "SelectObjectContent");
	}

	private static boolean isLeaf(Method method) {
		Class<?>[] parameters = method.getParameterTypes();
		if (parameters.length == 0 || parameters.length > 2 || !S3Request.class.isAssignableFrom(parameters[0])) {
			return false;
		}
		return (parameters.length == 1) ? S3Response.class.isAssignableFrom(method.getReturnType())
				|| method.getReturnType() == CompletableFuture.class : ARGUMENTS.contains(parameters[1]);
	}

}
