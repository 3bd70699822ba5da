package io.s3s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * The progress of a body, as listeners receive it.
 */
class BodyProgressTests extends AbstractFailoverS3ClientTests {

	@Test
	void tellsAViewsListenerOfTheViewsCallsOnly() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willReturn(HEAD);
		List<RequestEvent> ofView = new ArrayList<>();
		FailoverS3Client view = this.client.on(RequestSucceeded.class, (event) -> {
			throw new IllegalStateException("broken listener");
		}).on(RequestCompleted.class, ofView::add);

		this.client.headObject((request) -> request.key("k"));
		assertThat(ofView).isEmpty();
		assertThat(this.events).hasSize(4);

		assertThat(view.headObject((request) -> request.key("k"))).isSameAs(HEAD);
		assertThat(ofView).hasSize(1);
		assertThat(this.events).hasSize(8);
	}

	@Test
	void tellsOfTheBytesOfABody() throws IOException {
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			((RequestBody) invocation.getArgument(1)).contentStreamProvider().newStream().readAllBytes();
			return PUT;
		});

		this.client.putObject((request) -> request.key("k"), RequestBody.fromString("four"));

		BytesTransferred event = (BytesTransferred) this.events.get(1);
		assertThat(event.getBytes()).isEqualTo(4);
		assertThat(event.getTotal()).hasValue(4);
		assertThat(event.getDirection()).isEqualTo(BytesTransferred.Direction.UPLOAD);
		assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
	}

}
