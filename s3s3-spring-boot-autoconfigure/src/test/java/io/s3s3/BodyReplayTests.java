package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.testkit.Closer;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.Answer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * What happens to the body of an upload when its call fails over.
 */
class BodyReplayTests {

	private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	@AutoClose
	private final Closer closer = new Closer();

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final List<RequestEvent> events = new ArrayList<>();

	private final List<byte[]> stored = new ArrayList<>();

	@BeforeEach
	void breakThePrimaryMidway() {
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			bodyOf(invocation.getArgument(1)).readNBytes(5);
			throw SdkClientException.create("Unable to execute HTTP request", new SocketException("Connection reset"));
		});
		given(this.secondary.putObject(any(PutObjectRequest.class), any(RequestBody.class)))
			.willAnswer((Answer<PutObjectResponse>) (invocation) -> {
				this.stored.add(bodyOf(invocation.getArgument(1)).readAllBytes());
				return PutObjectResponse.builder().eTag("e").build();
			});
	}

	@Test
	void replaysAStreamThatCanBeReadOnlyOnce() {
		put(client(1000), new ByteArrayInputStream(CONTENT));

		assertThat(this.stored).containsExactly(CONTENT);
		assertThat(failover().isBodyLost()).isFalse();
	}

	@Test
	void doesNotFailOverWhenTheBodyIsLostAndSaysSo() {
		Throwable error = catchThrowable(() -> put(client(1), new ByteArrayInputStream(CONTENT)));

		assertThat(error).isInstanceOf(SdkClientException.class).hasRootCauseMessage("Connection reset");
		assertThat(FailoverTrace.of(error).orElseThrow()).hasMessageContainingAll("primary: reset",
				"no other location was tried", "s3s3.transfer.spool-limit");
		assertThat(failover().isBodyLost()).isTrue();
		then(this.secondary).should(never()).putObject(any(PutObjectRequest.class), any(RequestBody.class));
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
		assertThat(((RequestCompleted) this.events.get(this.events.size() - 1)).getFailure().orElseThrow().kind())
			.isEqualTo(FailureKind.RESET);
	}

	@Test
	void takesTheBodyThatAListenerGivesAnew() {
		FailoverS3Client client = client(1).on(RequestFailedOver.class,
				(event) -> event.replaceBody(RequestBody.fromBytes(CONTENT)));

		put(client, new ByteArrayInputStream(CONTENT));

		assertThat(this.stored).containsExactly(CONTENT);
	}

	@Test
	void takesNoBodyOfAnotherLength() {
		FailoverS3Client client = client(1000).on(RequestFailedOver.class,
				(event) -> event.replaceBody(RequestBody.fromBytes(new byte[1])));

		put(client, new ByteArrayInputStream(CONTENT));

		assertThat(this.stored).containsExactly(CONTENT);
	}

	@Test
	void takesNoBodyOnceTheCallHasGoneOn() {
		put(client(1000), new ByteArrayInputStream(CONTENT));

		assertThatIllegalStateException().isThrownBy(() -> failover().replaceBody(RequestBody.fromBytes(CONTENT)))
			.withMessageContaining("Too late");
	}

	@Test
	void takesNoBodyForACallWithoutOne() {
		List<Throwable> refused = new ArrayList<>();
		given(this.primary.headObject(any(HeadObjectRequest.class)))
			.willThrow(SdkClientException.create("", new SocketException("Connection reset")));
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willReturn(HeadObjectResponse.builder().build());

		client(1000)
			.on(RequestFailedOver.class,
					(event) -> refused.add(catchThrowable(() -> event.replaceBody(RequestBody.empty()))))
			.headObject((request) -> request.key("k"));

		assertThat(refused).hasOnlyElementsOfType(IllegalStateException.class).hasSize(1);
	}

	private RequestFailedOver failover() {
		return this.events.stream()
			.filter(RequestFailedOver.class::isInstance)
			.map(RequestFailedOver.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private FailoverS3Client client(long recordingLimit) {
		return this.closer.add(FailoverS3Client.builder()
			.primary(this.primary, "east")
			.secondary(this.secondary, "west")
			.transfer(TransferSettings.builder()
				.memoryLimit(DataSize.ofBytes(recordingLimit))
				.spoolLimit(DataSize.ofBytes(0))
				.build())
			.listener(this.events::add)
			.build());
	}

	private static void put(FailoverS3Client client, InputStream content) {
		client.putObject((request) -> request.key("k"), RequestBody.fromInputStream(content, CONTENT.length));
	}

	private static InputStream bodyOf(RequestBody body) throws IOException {
		return body.contentStreamProvider().newStream();
	}

}
