package io.s3s3;

import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.RequestEvent;
import io.s3s3.testkit.Closer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.mockito.invocation.InvocationOnMock;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.mockito.Mockito.mock;

/**
 * A failover client over two clients that answer as a test tells them.
 */
abstract class AbstractFailoverS3ClientTests {

	static final HeadObjectResponse HEAD = HeadObjectResponse.builder().contentLength(1L).build();

	static final PutObjectResponse PUT = PutObjectResponse.builder().eTag("e").build();

	final S3Client primary = mock(S3Client.class);

	final S3Client secondary = mock(S3Client.class);

	final List<RequestEvent> events = new ArrayList<>();

	@AutoClose
	final Closer closer = new Closer();

	final FailoverS3Client client = this.closer.add(builder().listener(this.events::add).build());

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	FailoverS3Client.Builder builder() {
		return FailoverS3Client.builder()
			.primary(this.primary, "east")
			.secondary(this.secondary, "west")
			.rounds(1, Duration.ZERO);
	}

	static InputStream bodyOf(InvocationOnMock invocation) {
		return ((RequestBody) invocation.getArgument(1)).contentStreamProvider().newStream();
	}

	static SdkClientException refused() {
		return SdkClientException.create("Unable to execute HTTP request", new ConnectException("Connection refused"));
	}

}
