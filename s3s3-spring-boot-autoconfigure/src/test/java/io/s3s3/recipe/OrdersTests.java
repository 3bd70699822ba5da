package io.s3s3.recipe;

import io.s3s3.FailoverS3Template;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.mockito.BDDMockito.then;

@SpringJUnitConfig(Orders.class)
class OrdersTests {

	@MockitoBean
	private FailoverS3Template s3;

	@Autowired
	private Orders orders;

	@Test
	void savesEachOrderUnderItsId() {
		this.orders.save("1", new byte[] { 42 });

		then(this.s3).should().upload("orders/1", new byte[] { 42 });
	}

}
